import type { ComponentProps, ReactElement } from 'react';
import { useMessages } from './messages-context.js';
import { useSoundGate } from './sound-context.js';

/** Whatever a button takes. */
export type SoundGateProps = Omit<ComponentProps<'button'>, 'ref' | 'type'>;

/**
 * A button that is there only while the browser holds sound back, and turns it on. Its text is `messages.turnSoundOn`
 * unless it has children.
 *
 * @throws {Error} there is no `SessionProvider` above
 */
export function SoundGate({ children, onClick, ...rest }: SoundGateProps): ReactElement | null {
  const { isBlocked, open } = useSoundGate();
  const { turnSoundOn } = useMessages();
  if (!isBlocked) return null;
  return (
    <button
      {...rest}
      type="button"
      data-sound-gate=""
      onClick={(event) => {
        onClick?.(event);
        open();
      }}
    >
      {children ?? turnSoundOn}
    </button>
  );
}
