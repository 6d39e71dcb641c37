import {
  ConnectionToast,
  connectionNotice,
  noticeText,
  useConnectionState,
  useMessages,
  useServedBy,
  useSessionContext,
} from '@evercall/react';
import { useEffect } from 'react';

export function Connection() {
  const { connect } = useSessionContext();
  const connection = useConnectionState();
  const nodes = useServedBy();
  useTitle();
  return (
    <header>
      <ConnectionToast className="toast">{(text) => <strong>{text}</strong>}</ConnectionToast>
      {connection.name === 'reconnecting' && connection.interruption === 'media' && (
        <p>The pictures stand still.</p>
      )}
      {connection.name === 'ended' && connection.reason === 'networkDisconnect' && (
        <button type="button" onClick={() => void connect()}>
          Join again
        </button>
      )}
      {nodes && `${nodes.masterName}, ${nodes.mediaNodeName}`}
    </header>
  );
}

/** Says the same in the title of the page, for whoever looks at another one. */
function useTitle() {
  const messages = useMessages();
  const notice = connectionNotice(useConnectionState());
  const title = notice ? noticeText(notice, messages.connection) : 'Meeting';
  useEffect(() => {
    document.title = title;
  }, [title]);
}
