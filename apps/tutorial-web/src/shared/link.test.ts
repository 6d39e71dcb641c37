import { expect, it } from 'vitest';
import { inviteLink, readLink, roomAddress } from './link.js';

const page = 'https://video.example.org/';

it('reads an invite link', () => {
  expect(readLink(`${page}?room=Team%20A&name=%20Ana%20&join=1`)).toEqual({
    room: 'team-a',
    name: 'Ana',
    join: true,
    fake: false,
    recovery: 'automatic',
    identity: undefined,
  });
});

it('reads an address without anything', () => {
  expect(readLink(page)).toMatchObject({ room: '', name: '', join: false, fake: false });
});

it('takes join and fake as flags, and joins no room without a name', () => {
  expect(readLink(`${page}?room=a&join&fake=true`)).toMatchObject({ join: true, fake: true });
  expect(readLink(`${page}?room=a&join=0&fake=0`)).toMatchObject({ join: false, fake: false });
  expect(readLink(`${page}?join=1`)).toMatchObject({ join: false });
});

it('takes who repairs the room, and the platform for anything else', () => {
  expect(readLink(`${page}?room=a&recovery=application`).recovery).toBe('application');
  expect(readLink(`${page}?room=a&recovery=never`).recovery).toBe('automatic');
});

it('takes an identity from the part that servers do not see', () => {
  expect(readLink(`${page}?room=a#identity=abc.def`).identity).toBe('abc.def');
});

it('invites others without saying who we are', () => {
  expect(inviteLink(`${page}?room=a&name=Ana&fake=1#identity=abc`, 'team-a')).toBe(`${page}?room=team-a`);
});

it('keeps everything else in our own address', () => {
  expect(roomAddress(`${page}?name=Ana&fake=1`, 'team-a')).toBe(`${page}?name=Ana&fake=1&room=team-a`);
});
