/** What `ConnectionToast` says, by the kind of its notice. */
export interface ConnectionMessages {
  connecting: string;
  /** @param failures how often nobody answered */
  waiting: (failures: number) => string;
  /** The way to the master is interrupted. */
  reconnecting: string;
  /** Media is taken to another media node. */
  moving: string;
  /** The browser has no network. */
  offline: string;
  /** The application makes the session again after a node was lost. @param attempt from 1 on */
  rebuilding: (attempt: number) => string;
  /** The application joins again after it was away for too long. @param attempt from 1 on */
  rejoining: (attempt: number) => string;
  gaveUp: string;
}

/** What is said about devices. */
export interface DeviceMessages {
  heading: string;
  microphone: string;
  camera: string;
  speaker: string;
  /** A device whose name the browser keeps to itself. @param index from 0 on */
  unnamed: (device: string, index: number) => string;
  /** There is no device of a kind. */
  none: string;
  /** Why devices have no names. */
  namesHidden: string;
}

/** Every text that a component of this package shows or lets a screen reader say. */
export interface Messages {
  connection: ConnectionMessages;
  devices: DeviceMessages;
  /** Names the grid of tiles. */
  participants: string;
  turnSoundOn: string;
}

/** Some texts in place of others. */
export interface MessageChanges {
  connection?: Partial<ConnectionMessages>;
  devices?: Partial<DeviceMessages>;
  participants?: string;
  turnSoundOn?: string;
}

const tries = (attempt: number) => (attempt > 1 ? ` (try ${attempt})` : '');

/** The texts in English, which count where nothing else was given. */
export const english: Messages = {
  connection: {
    connecting: 'Connecting…',
    waiting: (failures) => `The service does not answer yet. Asking again (${failures})…`,
    reconnecting: 'The connection is interrupted. You will be back in a moment; stay here.',
    moving: 'Picture and sound move to another server. Stay here.',
    offline: 'You are offline. This page goes on when your network is back.',
    rebuilding: (attempt) => `A server died. Rebuilding the meeting${tries(attempt)}…`,
    rejoining: (attempt) => `You were away for long. Joining again${tries(attempt)}…`,
    gaveUp: 'The meeting could not be joined again so far.',
  },
  devices: {
    heading: 'Devices',
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
    unnamed: (device, index) => `${device} ${index + 1}`,
    none: 'None found',
    namesHidden: 'The browser names devices once you have allowed one.',
  },
  participants: 'Participants',
  turnSoundOn: 'Turn sound on',
};

/** Texts with some of them changed. */
export function changeMessages(messages: Messages, changes: MessageChanges): Messages {
  return {
    ...messages,
    ...changes,
    connection: { ...messages.connection, ...changes.connection },
    devices: { ...messages.devices, ...changes.devices },
  };
}
