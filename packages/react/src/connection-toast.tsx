import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { type ConnectionNotice, connectionNotice, noticeText } from './connection-notice.js';
import type { ConnectionMessages } from './messages.js';
import { useMessages } from './messages-context.js';
import { useConnectionState } from './use-connection-state.js';

/** What {@link ConnectionToast} takes; the rest goes to its `<div>`. */
export interface ConnectionToastProps extends Omit<ComponentProps<'div'>, 'children' | 'ref' | 'role'> {
  /**
   * What to say instead of what the provider's session is about: for an application that joins again by itself. Given as
   * `undefined` it says nothing.
   */
  notice?: ConnectionNotice | undefined;
  /** Texts in place of the provider's. */
  messages?: Partial<ConnectionMessages> | undefined;
  /** Shows the text; default: the text alone. */
  children?: (text: string, notice: ConnectionNotice) => ReactNode;
}

/**
 * Says how the connection is while it isn't well: a `<div role="status">` that is always there, so that screen readers
 * hear of what comes into it. `data-kind` names the notice, and is absent while all is well.
 *
 * @throws {Error} there is neither a provider nor a notice
 */
export function ConnectionToast(props: ConnectionToastProps): ReactElement {
  return 'notice' in props ? <Toast {...props} /> : <OwnToast {...props} />;
}

function OwnToast(props: ConnectionToastProps): ReactElement {
  return <Toast {...props} notice={connectionNotice(useConnectionState())} />;
}

function Toast({ notice, messages, children, ...rest }: ConnectionToastProps): ReactElement {
  const { connection } = useMessages();
  const text = notice && noticeText(notice, { ...connection, ...messages });
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <output> may not hold what applications put in here
    <div {...rest} role="status" data-connection-toast="" data-kind={notice?.kind}>
      {notice && text !== undefined && (children ? children(text, notice) : text)}
    </div>
  );
}
