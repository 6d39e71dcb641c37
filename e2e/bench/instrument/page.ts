import { Participant } from './participant.ts';

declare global {
  interface Window {
    participant: Participant;
  }
}

window.participant = new Participant();
