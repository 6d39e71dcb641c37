import { english, type MessageChanges, SessionProvider, type UseSession, useMessages } from '@evercall/react';

const german: MessageChanges = {
  connection: {
    connecting: 'Verbindung wird aufgebaut…',
    reconnecting: 'Die Verbindung ist unterbrochen. Gleich geht es weiter.',
    rebuilding: (attempt) => `Ein Server fiel aus. Die Sitzung wird wiederhergestellt (${attempt})…`,
  },
  devices: { heading: 'Geräte', camera: 'Kamera', microphone: 'Mikrofon', speaker: 'Lautsprecher' },
  turnSoundOn: 'Ton einschalten',
};

export function German({ session }: { session: UseSession }) {
  return (
    <SessionProvider value={session} messages={german}>
      <Heading />
    </SessionProvider>
  );
}

/** Components of one's own can use the same texts. What was not translated is English. */
function Heading() {
  const { devices, participants } = useMessages();
  return (
    <h2>
      {devices.heading}
      {participants !== english.participants && `, ${participants}`}
    </h2>
  );
}
