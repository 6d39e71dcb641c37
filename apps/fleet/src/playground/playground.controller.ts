import { Controller, HttpCode, Param, ParseIntPipe, Post, UseGuards } from '@nestjs/common';
import { BasicAuthGuard } from '../operations/basic-auth.guard.js';
import { LoopbackGuard } from './loopback.guard.js';
import { PlaygroundService } from './playground.service.js';

/** Buttons of the tutorial. Registered with EVERCALL_PLAYGROUND=1 only. */
@Controller('playground/nodes/:name')
@UseGuards(LoopbackGuard, BasicAuthGuard)
export class PlaygroundController {
  constructor(private readonly playground: PlaygroundService) {}

  /** kill -9 of everything that belongs to the node. */
  @Post('kill')
  @HttpCode(202)
  kill(@Param('name') name: string): object {
    return this.playground.signal(name, 'SIGKILL');
  }

  /** Stops the node and its workers where they are, as a machine that hangs. */
  @Post('freeze')
  @HttpCode(202)
  freeze(@Param('name') name: string): object {
    return this.playground.signal(name, 'SIGSTOP');
  }

  /** Lets a frozen node go on. */
  @Post('thaw')
  @HttpCode(202)
  thaw(@Param('name') name: string): object {
    return this.playground.signal(name, 'SIGCONT');
  }

  @Post('workers/:index/kill')
  @HttpCode(202)
  killWorker(@Param('name') name: string, @Param('index', ParseIntPipe) index: number): object {
    return this.playground.killWorker(name, index);
  }
}
