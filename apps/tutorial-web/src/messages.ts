import type { MediaStatus } from '@evercall/react';
import { amountsIn } from './shared/amounts.js';

/** A heading and what to do about it. */
export interface Notice {
  title: string;
  text: string;
}

type Device = 'microphone' | 'camera';

/** What a notice about devices is about. */
export type Devices = Device | 'both';

const amounts = amountsIn('en');

const allow =
  'Click the icon at the left of the address bar, allow the microphone and the camera there, and try again.';

const nouns: Record<Devices, string> = {
  microphone: 'microphone',
  camera: 'camera',
  both: 'camera and microphone',
};
const verb = (what: Devices, one: string, both: string) => (what === 'both' ? both : one);

const tries = (attempt: number) => (attempt > 1 ? ` (try ${attempt})` : '');

/** Evidence on which a node was declared dead. */
const causes: Partial<Record<string, string>> = {
  refused: 'it refuses connections',
  replaced: 'another process is in its place',
  silent: 'it does not answer',
  fenced: 'it was taken out',
};

/** Every text that can be seen or heard, in English. Another language is another file: `messages.de.ts`. */
export const english = {
  appName: 'Evercall',
  /** What the language calls itself. */
  languageName: 'English',
  preferences: {
    language: 'Language',
    scheme: 'Colours',
    schemes: { auto: 'Like the system', light: 'Light', dark: 'Dark' },
  },
  join: {
    heading: 'Join a room',
    lead: 'Rooms that keep going when a machine dies.',
    room: 'Room',
    roomHint: 'Everybody who types the same name meets.',
    roomInvalid: 'Use at least one letter or digit.',
    name: 'Your name',
    nameMissing: 'The others need a name to call you by.',
    join: 'Join',
    joinToListen: 'Join and listen',
    previewOff: 'Your camera is off',
    previewLabel: 'This is how the others will see you',
    devices: 'Devices',
  },
  recovery: {
    label: 'When a server dies',
    automatic: 'Platform repairs',
    application: 'App rebuilds',
    hint: {
      automatic: 'The meeting moves by itself. A room that exists keeps its own choice.',
      application: 'The meeting ends and this page joins again. A room that exists keeps its own choice.',
    },
  },
  devices: {
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
    unnamed: (device: string, index: number) => `${device} ${index + 1}`,
    none: 'None found',
    turnOn: { microphone: 'Turn microphone on', camera: 'Turn camera on' } satisfies Record<Device, string>,
    turnOff: { microphone: 'Turn microphone off', camera: 'Turn camera off' } satisfies Record<
      Device,
      string
    >,
    retry: 'Try again',
  },
  /** Why devices aren't there. Statuses without an entry are no problem. */
  deviceProblems: {
    denied: (what: Devices) => ({ title: `No permission for the ${nouns[what]}`, text: allow }),
    dismissed: (what: Devices) => ({
      title: `The question about the ${nouns[what]} was closed`,
      text: 'Try again and choose Allow, or go on without.',
    }),
    noDevice: (what: Devices) => ({
      title: `No ${nouns[what]} found`,
      text: 'Plug one in, or go on without: you will see and hear the others.',
    }),
    inUse: (what: Devices) => ({
      title: `The ${nouns[what]} ${verb(what, 'is', 'are')} in use`,
      text: 'Another program holds it. Close that program, and try again.',
    }),
    unplugged: (what: Devices) => ({
      title: `The ${nouns[what]} ${verb(what, 'was', 'were')} unplugged`,
      text: 'Plug it in again or choose another one.',
    }),
    failed: (what: Devices) => ({
      title: `The ${nouns[what]} ${verb(what, 'does', 'do')} not work`,
      text: 'The browser could not start it. Try again or choose another one.',
    }),
    insecureContext: (what: Devices) => ({
      title: `This address may not use the ${nouns[what]}`,
      text: 'Browsers allow it on https:// and on localhost only: npm start -- --lan serves the page like that. Listening works here, too.',
    }),
  } satisfies Partial<Record<MediaStatus, (what: Devices) => Notice>>,
  room: {
    connection: {
      connecting: 'Connecting…',
      connected: 'Connected',
      reconnecting: 'Reconnecting…',
      rejoining: 'Joining again…',
      gaveUp: 'Interrupted',
      ended: 'Left',
      failed: 'Not connected',
    },
    /** Over the stage while something is repaired; the videos stay. */
    banner: {
      connecting: 'Connecting…',
      waiting: (failures: number) => `The service does not answer yet. Asking again (${failures})…`,
      reconnecting: 'The connection is interrupted. You will be back in a moment; stay here.',
      moving: 'Picture and sound move to another server. Stay here.',
      rebuilding: (attempt: number) => `A server died. Rebuilding the meeting${tries(attempt)}…`,
      rejoining: (attempt: number) => `You were away for long. Joining again${tries(attempt)}…`,
      offline: 'You are offline. This page goes on when your network is back.',
      gaveUp: 'The meeting could not be joined again so far.',
      again: 'Join again',
    },
    rebuiltByApp: 'rebuilt by the app',
    servedBy: (master: string, media: string) => `${master} · ${media}`,
    servedByLabel: 'Served by this master and this media node',
    you: (name: string) => `${name} (you)`,
    screenOf: (name: string) => `${name}: screen`,
    unknownName: 'Guest',
    muted: 'microphone off',
    alone: 'Nobody else is here yet. Share the link above.',
    tiles: 'Participants',
    turnSoundOn: 'Turn sound on',
    closeNotice: 'Close this notice',
    sendingFailed: {
      title: 'The others cannot see and hear you',
      text: 'Your picture and sound could not be sent. Leave and join again.',
    },
    sharingFailed: {
      title: 'Your screen is not shared',
      text: 'The browser or the server refused. Try again with another window.',
    },
    wrote: (name: string, text: string) => `${name} writes: ${text}`,
    joined: (name: string) => `${name} joined`,
    left: (name: string) => `${name} left`,
  },
  controls: {
    label: 'Meeting controls',
    microphone: 'Microphone',
    mute: 'Mute microphone',
    unmute: 'Unmute microphone',
    camera: 'Camera',
    stopCamera: 'Stop camera',
    startCamera: 'Start camera',
    flipCamera: 'Switch to the other camera',
    screen: 'Screen sharing',
    shareScreen: 'Share screen',
    stopSharing: 'Stop sharing',
    devices: 'Choose devices',
    chat: 'Chat',
    chatWithUnread: (count: number) =>
      `Chat, ${amounts.of(count, { one: 'new message', other: 'new messages' })}`,
    closeChat: 'Close chat',
    leave: 'Leave',
    invite: 'Copy invite link',
    invited: 'Link copied',
    inviteFailed: 'Copy this link',
  },
  chat: {
    heading: 'Chat',
    empty: 'No messages yet.',
    placeholder: 'Write to everybody',
    send: 'Send',
    you: 'You',
    failed: 'Not sent. Try again when you are connected.',
  },
  cluster: {
    heading: 'Cluster',
    close: 'Close the cluster panel',
    loading: 'Looking at the cluster',
    playground: 'Playground: every button acts at once',
    readOnly: 'Read-only. EVERCALL_PLAYGROUND=1 brings buttons to break nodes.',
    away: 'The cluster cannot be looked at. Trying again…',
    old: 'No master answers at the moment; this is what was seen last.',
    failed: (what: string) => `Not done: ${what}`,
    none: 'None',
    you: 'you',
    roles: { master: 'Masters', media: 'Media nodes' },
    states: {
      launching: 'starting',
      running: 'running',
      terminating: 'leaving',
      'waiting-idle-to-terminate': 'leaves when empty',
      terminated: 'gone',
      failed: 'failed',
      canceled: 'cancelled',
      lost: 'lost',
    } as Partial<Record<string, string>>,
    lostBecause: (cause: string) => `declared dead: ${causes[cause] ?? cause}`,
    drains: (stuck: boolean): string => (stuck ? 'waits: no other node has room' : 'hands its work over'),
    serves: (names: string) => `serves ${names}`,
    noLoad: 'load unknown',
    masterLoad: (sockets: number, cpu: number) =>
      `${amounts.of(sockets, { one: 'socket', other: 'sockets' })} · CPU ${cpu} %`,
    mediaLoad: ({ sessions, consumers, cpu }: { sessions: number; consumers: number; cpu: number }) =>
      `${amounts.of(sessions, { one: 'session', other: 'sessions' })} · forwards ${consumers} · CPU ${cpu} %`,
    actions: {
      kill: 'Kill',
      freeze: 'Freeze',
      thaw: 'Thaw',
      drain: 'Drain',
      undrain: 'Cancel the drain',
      worker: (number: number) => `Kill worker ${number}`,
      of: (action: string, node: string) => `${action}: ${node}`,
    },
    log: {
      heading: 'What it cost you',
      empty: 'Nothing was interrupted since this panel was opened.',
      measuring: ' (measuring…)',
      signalling: 'Signalling',
      video: 'Video',
      audio: 'Audio',
      ms: (ms: number) => `${amounts.number(Math.round(ms))} ms`,
      normal: (ms: number) => `(normal ${amounts.number(Math.round(ms))})`,
      nothing: '–',
      lost: (node: string) => `${node} lost`,
      done: (action: string, node: string) => `${node}: ${action}`,
      cut: 'connection cut',
      moving: 'media moves',
      ended: 'meeting ended',
    },
  },
  over: {
    joinAgain: 'Join again',
    tryAgain: 'Try again',
    otherRoom: 'Another room',
  },
  /** Why the meeting is over for us. */
  ended: {
    disconnect: { title: 'You left the room', text: 'The others can go on without you.' },
    forceDisconnectByUser: { title: 'You were removed', text: 'A moderator took you out of the room.' },
    forceDisconnectByServer: { title: 'You were removed', text: 'The application took you out of the room.' },
    sessionClosedByServer: { title: 'The room was closed', text: 'The meeting ended for everybody.' },
    networkDisconnect: {
      title: 'The connection was lost',
      text: 'It stayed away for too long. Check your network, then join again.',
    },
    nodeCrashed: {
      title: 'The meeting was interrupted',
      text: 'A server failed and joining again did not work so far.',
    },
    '': { title: 'The meeting is over', text: '' },
  },
  /** Why we did not get in. */
  failed: {
    roomClosed: { title: 'This room is closed', text: 'Ask whoever invited you to open it.' },
    roomNotFound: { title: 'There is no such room', text: 'Check the link, or ask for a new one.' },
    signIn: { title: 'You are not signed in', text: 'Open this room from the application that invited you.' },
    forbidden: { title: 'You may not enter this room', text: 'Ask whoever invited you.' },
    rateLimited: { title: 'Too many tries', text: 'Wait a minute, then try again.' },
    unavailable: {
      title: 'The service does not answer',
      text: 'It is restarting or overloaded. Try again soon.',
    },
    offline: { title: 'No connection', text: 'The server could not be reached. Check your network.' },
    browser: {
      title: 'This browser cannot do video calls',
      text: 'Use a current version of Chrome, Edge, Firefox or Safari.',
    },
    noMediaNode: { title: 'No media server is free', text: 'Try again in a moment.' },
    other: { title: 'Joining did not work', text: 'Try again; if it stays like this, tell the operator.' },
  },
};

/** What a language has to say: everything that English says. */
export type Messages = typeof english;

/** The texts of the language that the page speaks. Read them while rendering; what is kept stays in the old language. */
export let messages: Messages = english;

/** Lets the page speak another language. Call `setLanguage` of `shared/language.ts`: it also renders anew. */
export function speak(texts: Messages): void {
  messages = texts;
}
