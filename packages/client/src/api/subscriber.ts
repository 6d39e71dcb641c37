import { StreamManager } from './stream-manager.js';

export declare class Subscriber extends StreamManager {
  subscribeToAudio(value: boolean): this;
  subscribeToVideo(value: boolean): this;
}
