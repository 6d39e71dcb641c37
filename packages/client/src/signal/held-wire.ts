import type { ServerMessage } from '@evercall/protocol';
import { WireClosedError } from './signal-error.js';
import type { OpenWire, Wire } from './wire.js';

/** A new wire whose messages are kept until the answer that they follow was dealt with. */
export interface HeldWire {
  wire: Wire;
  /** @throws {WireClosedError} the other end closed it already */
  throwIfClosed(): void;
  /** Delivers what came so far, and from now on everything at once. */
  deliver(): void;
}

/** Hears of a wire from its opening on. */
export interface WireOwner {
  onMessage(wire: Wire, message: ServerMessage): void;
  onClose(wire: Wire): void;
}

/**
 * Opens a wire whose messages are kept until `deliver()`.
 * @throws {WireClosedError} see {@link OpenWire}
 */
export async function openHeldWire(openWire: OpenWire, owner: WireOwner): Promise<HeldWire> {
  const held: ServerMessage[] = [];
  let delivering = false;
  let closed = false;
  const self: { wire?: Wire } = {};
  const wire = await openWire({
    onMessage: (message) => {
      if (delivering) owner.onMessage(wire, message);
      else held.push(message);
    },
    onClose: () => {
      closed = true;
      if (self.wire) owner.onClose(self.wire);
    },
  });
  self.wire = wire;
  return {
    wire,
    throwIfClosed: () => {
      if (closed) throw new WireClosedError('The new socket closed at once');
    },
    deliver: () => {
      delivering = true;
      for (const message of held) owner.onMessage(wire, message);
    },
  };
}
