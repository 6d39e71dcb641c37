// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { messages } from '../messages.js';
import { stubBrowser } from '../testing/jsdom-browser.js';
import { JoinForm, type JoinFormProps } from './join-form.js';

beforeAll(() => stubBrowser());
afterEach(cleanup);

function show(props: Partial<JoinFormProps> = {}) {
  const onJoin = vi.fn<JoinFormProps['onJoin']>();
  render(
    <MantineProvider>
      <JoinForm
        initial={{ room: 'team', name: 'Ana', recovery: 'automatic' }}
        listenOnly={false}
        onJoin={onJoin}
        {...props}
      />
    </MantineProvider>,
  );
  const type = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value } });
  return { onJoin, type, join: () => fireEvent.click(screen.getByTestId('join-button')) };
}

it('joins the room of the link under the name that was typed', () => {
  const { onJoin, type, join } = show();
  type(messages.join.name, '  Ben ');
  join();
  expect(onJoin).toHaveBeenCalledExactlyOnceWith({ room: 'team', name: 'Ben', recovery: 'automatic' });
});

it('makes a link of what was typed as a room', () => {
  const { onJoin, type, join } = show();
  type(messages.join.room, 'Équipe A');
  join();
  expect(onJoin).toHaveBeenCalledExactlyOnceWith({ room: 'equipe-a', name: 'Ana', recovery: 'automatic' });
});

it('offers a room when the link names none', () => {
  const { onJoin, join } = show({ initial: { room: '', name: 'Ana', recovery: 'automatic' } });
  join();
  expect(onJoin).toHaveBeenCalledExactlyOnceWith({
    room: expect.stringMatching(/^\w+-\w+-\d\d$/),
    name: 'Ana',
    recovery: 'automatic',
  });
});

it('lets who makes the room choose who repairs it', () => {
  const { onJoin, join } = show();
  fireEvent.click(screen.getByLabelText(messages.recovery.application));
  expect(screen.queryByText(messages.recovery.hint.application)).not.toBeNull();
  join();
  expect(onJoin).toHaveBeenCalledExactlyOnceWith({ room: 'team', name: 'Ana', recovery: 'application' });
});

it('says what is missing, and only when somebody tries to join', () => {
  const { onJoin, type, join } = show({ initial: { room: 'team', name: '', recovery: 'automatic' } });
  type(messages.join.room, '...');
  expect(screen.queryByText(messages.join.nameMissing)).toBeNull();
  join();
  expect(screen.queryByText(messages.join.nameMissing)).not.toBeNull();
  expect(screen.queryByText(messages.join.roomInvalid)).not.toBeNull();
  expect(onJoin).not.toHaveBeenCalled();
});

it('says that one will only listen', () => {
  show({ listenOnly: true });
  expect(screen.getByTestId('join-button').textContent).toBe(messages.join.joinToListen);
});
