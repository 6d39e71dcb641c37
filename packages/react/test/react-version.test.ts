import { version } from 'react';
import { version as domVersion } from 'react-dom';
import { expect, it } from 'vitest';

it('runs on the version of React that it is to run on', () => {
  const major = process.env['REACT_MAJOR'];
  expect([version, domVersion].map((full) => full.split('.')[0])).toEqual([major, major]);
});
