import { GroupRole, type NodeGroup, NodeGroups } from '@evercall/cluster';
import { Controller, Get, HttpCode, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { BasicAuthGuard } from '../rest/basic-auth.guard.js';
import { JsonBody } from '../rest/json-body.js';
import { parseBody } from '../rest/parse.js';
import { RestError } from '../rest/rest-error.js';
import { type GroupView, groupViews, refuseSize } from './group-view.js';
import { GroupSize } from './requests.js';

/** How many nodes there should be. The fleet makes it so; without one there are no groups. */
@UseGuards(BasicAuthGuard)
@Controller('cluster/api/groups')
export class GroupsController {
  constructor(
    private readonly groups: NodeGroups,
    private readonly surroundings: SurroundingsService,
  ) {}

  @Get()
  async list(): Promise<GroupView[]> {
    const [groups, slots] = await Promise.all([this.groups.list(), this.groups.slots()]);
    return groupViews(groups, slots);
  }

  /** Changes a group's size. Nodes that are too many leave in their own time. */
  @Patch(':role')
  async scale(@Param('role') role: string, @JsonBody() body: unknown): Promise<GroupView> {
    const { desired } = parseBody(GroupSize, body);
    const group = await this.#find(role);
    const refusal = refuseSize(group, desired);
    if (refusal) throw new RestError(400, refusal, { field: 'desired' });
    await this.groups.scale(group.role, desired);
    this.surroundings.logger.info({ role, was: group.desired, desired }, 'node group scaled');
    return this.#view(group.role);
  }

  /** Has every node of a group exchanged for a fresh one, one at a time. */
  @Post(':role/roll')
  @HttpCode(202)
  async roll(@Param('role') role: string): Promise<GroupView> {
    const group = await this.#find(role);
    const revision = await this.groups.roll(group.role);
    this.surroundings.logger.info({ role, revision }, 'rolling restart of a node group');
    return this.#view(group.role);
  }

  async #find(role: string): Promise<NodeGroup> {
    const group = (await this.groups.list()).find((one) => one.role === role);
    if (group) return group;
    const known = GroupRole.safeParse(role).success;
    const message = known ? 'no fleet runs in this cluster' : `there is no group ${role}`;
    throw new RestError(404, `role: ${message}`, { field: 'role' });
  }

  async #view(role: GroupRole): Promise<GroupView> {
    const view = (await this.list()).find((one) => one.role === role);
    // The data of the shared state was lost in between; the fleet brings the groups back.
    if (!view) throw new RestError(503, 'the groups are being restored', { headers: { 'Retry-After': '1' } });
    return view;
  }
}
