/** Where a connection to the cluster stands, whatever socket carries it. */
export type SignalState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

/** What can happen to it. */
export type SignalStep = 'connect' | 'joined' | 'lost' | 'resumed' | 'end';

/** Every step that is allowed; any other is a mistake of the caller. */
export const transitions: Readonly<Record<SignalState, Readonly<Partial<Record<SignalStep, SignalState>>>>> =
  {
    idle: { connect: 'connecting', end: 'ended' },
    connecting: { joined: 'connected', end: 'ended' },
    connected: { lost: 'reconnecting', end: 'ended' },
    reconnecting: { resumed: 'connected', end: 'ended' },
    ended: {},
  };
