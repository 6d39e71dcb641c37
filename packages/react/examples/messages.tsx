import { useAppEvents, useSignals } from '@evercall/react';

export function Chat() {
  const { signals, send } = useSignals('chat');
  const { events, tell } = useAppEvents('handRaised');
  return (
    <>
      {signals.map(({ id, data, from, isLocal }) => (
        <p key={id}>
          {isLocal ? 'I' : (from?.data ?? 'the backend')}: {data}
        </p>
      ))}
      <button type="button" onClick={() => void send('hello')}>
        Say hello
      </button>
      <button type="button" onClick={() => void tell({ raised: true })}>
        Raise a hand
      </button>
      {events.filter(({ data }) => data.raised).length} hands were raised
    </>
  );
}
