import type { LifeRef } from '@evercall/cluster';
import type { Caller } from '../sessions/domain/caller.js';

/** The connection behind a socket, once `connect` or `resume` was answered. */
export interface Member extends LifeRef, Caller {}
