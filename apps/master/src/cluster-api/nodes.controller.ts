import { DrainOrders, NodeRegistry } from '@evercall/cluster';
import { Controller, Delete, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { BasicAuthGuard } from '../rest/basic-auth.guard.js';
import { JsonBody } from '../rest/json-body.js';
import { parseBody } from '../rest/parse.js';
import { RestError } from '../rest/rest-error.js';
import { type NodeView, nodeViews } from './node-view.js';
import { type DrainOrdered, DrainRequest, drainTime } from './requests.js';

/** The cluster's nodes, and orders to leave it. */
@UseGuards(BasicAuthGuard)
@Controller('cluster/api/nodes')
export class NodesController {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly orders: DrainOrders,
    private readonly surroundings: SurroundingsService,
  ) {}

  @Get()
  async list(): Promise<NodeView[]> {
    const [nodes, candidates, orders, losses] = await Promise.all([
      this.registry.list(),
      this.registry.candidates(),
      this.orders.all(),
      this.registry.losses(),
    ]);
    return nodeViews({ nodes, candidates, orders, losses, now: this.surroundings.clock() });
  }

  /** Orders a node to leave; it hears of it within half a second. A later order takes the place of an earlier one. */
  @Post(':id/drain')
  @HttpCode(202)
  async drain(@Param('id') id: string, @JsonBody() body: unknown): Promise<DrainOrdered> {
    const request = parseBody(DrainRequest, body);
    const { config, logger } = this.surroundings;
    const order = await this.orders.give(id, request.strategy, drainTime(request, config.EVERCALL_DRAIN_MS));
    if (!order) throw unknownNode(id);
    const { strategy, deadlineAt } = order;
    logger.info({ drainedNodeId: id, strategy, deadlineAt }, 'node ordered to leave');
    return { id, drain: { strategy, deadlineAt, by: 'order' } };
  }

  /** Takes the order back while the node is still there. A node whose process was told to end goes all the same. */
  @Delete(':id/drain')
  @HttpCode(204)
  async cancel(@Param('id') id: string): Promise<void> {
    const node = (await this.registry.list()).find(({ record }) => record.id === id);
    if (!node) throw unknownNode(id);
    await this.orders.takeBack(id);
    if (node.record.drain?.by === 'signal') {
      throw new RestError(409, `id: the process of ${node.record.name} was told to end`, { field: 'id' });
    }
    this.surroundings.logger.info({ drainedNodeId: id }, 'order to leave taken back');
  }
}

function unknownNode(id: string): RestError {
  return new RestError(404, `id: there is no node ${id}`, { field: 'id' });
}
