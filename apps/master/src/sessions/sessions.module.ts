import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { SessionChanger } from './session-changer.js';
import { SessionsService } from './sessions.service.js';

/** Sessions: rules, changes, and what backends may ask. */
@Module({
  imports: [MediaModule],
  providers: [SessionChanger, SessionsService],
  exports: [SessionChanger, SessionsService],
})
export class SessionsModule {}
