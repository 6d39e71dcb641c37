import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { messages } from '../messages.js';
import { inviteLink } from '../shared/link.js';

/** Copies the link that brings others here. */
export function InviteButton({ room }: { room: string }) {
  const { controls } = messages;
  const link = inviteLink(location.href, room);
  return (
    <CopyButton value={link} timeout={2500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? controls.invited : controls.invite}>
          <ActionIcon
            variant={copied ? 'filled' : 'default'}
            size="var(--touch)"
            aria-label={copied ? controls.invited : controls.invite}
            data-testid="invite"
            onClick={() => {
              // Pages on plain http:// may not write to the clipboard; the link can still be copied by hand.
              if (isSecureContext) copy();
              else prompt(controls.inviteFailed, link);
            }}
          >
            {copied ? <IconCheck size={20} aria-hidden /> : <IconLink size={20} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
