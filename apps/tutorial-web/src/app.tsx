import { useState } from 'react';
import type { Entry } from './join/join-form.js';
import { JoinPage } from './join/join-page.js';
import { useMedia } from './media/use-media.js';
import { messages } from './messages.js';
import { RoomPage } from './room/room-page.js';
import { useLanguage } from './shared/language.js';
import { type Link, roomAddress } from './shared/link.js';
import { rememberedName, rememberName } from './shared/remembered-name.js';

/** The page: the form, then the room. Camera and microphone stay on from the one to the other. */
export function App({ link }: { link: Link }) {
  const [last, setLast] = useState<Entry>({
    room: link.room,
    name: link.name || rememberedName(),
    recovery: link.recovery,
  });
  const [inRoom, setInRoom] = useState(link.join);
  const [wasInRoom, setWasInRoom] = useState(link.join);
  // All that follows speaks it.
  useLanguage();
  const media = useMedia({ fake: link.fake, name: last.name });

  if (!inRoom) {
    return (
      <JoinPage
        initial={last}
        media={media}
        isReturn={wasInRoom}
        onJoin={(entry) => {
          rememberName(entry.name);
          history.replaceState(null, '', roomAddress(location.href, entry.room));
          setLast(entry);
          setInRoom(true);
          setWasInRoom(true);
        }}
      />
    );
  }
  return (
    <>
      <title>{`${last.room} – ${messages.appName}`}</title>
      <RoomPage
        room={last.room}
        name={last.name}
        recovery={last.recovery}
        identity={link.identity}
        media={media}
        onBack={() => {
          media.resume();
          setInRoom(false);
        }}
      />
    </>
  );
}
