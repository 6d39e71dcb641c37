import { ClusterError } from '@evercall/cluster';
import { ErrorCode } from '@evercall/protocol';
import { ForbiddenException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../request-error.js';
import { RestError } from './rest-error.js';
import { springError } from './spring-error.js';
import { toRestError } from './to-rest-error.js';

const request = (code: ErrorCode) => new RequestError(code, 'why', { field: 'f' });
const again = { 'Retry-After': '1' };
const parser = Object.assign(new Error('request entity too large'), { status: 413 });

describe('what a failed request is answered', () => {
  it.each([
    [new RestError(406), 406, '', {}],
    [request('SESSION_NOT_FOUND'), 404, '', {}],
    [request('CONNECTION_NOT_FOUND'), 404, '', {}],
    [request('STREAM_NOT_FOUND'), 404, '', {}],
    [request('CONNECTION_ENDED'), 404, '', {}],
    [request('BAD_REQUEST'), 400, 'why', { field: 'f', code: 'BAD_REQUEST' }],
    [request('TOO_LARGE'), 413, 'why', { field: 'f', code: 'TOO_LARGE' }],
    [request('CONFLICT'), 503, 'why', { headers: again, code: 'CONFLICT' }],
    [request('NO_MEDIA_NODE'), 503, 'why', { headers: again, code: 'NO_MEDIA_NODE' }],
    [request('TIMEOUT'), 503, 'why', { headers: again, code: 'TIMEOUT' }],
    [request('PERMISSION_DENIED'), 500, 'the server failed', {}],
    [
      new ClusterError('STATE_UNAVAILABLE', 'away'),
      503,
      'away',
      { headers: again, code: 'STATE_UNAVAILABLE' },
    ],
    [new ClusterError('NODE_LOST', 'lost'), 503, 'lost', { headers: again, code: 'NODE_LOST' }],
    [new ClusterError('CONFLICT', 'busy'), 503, 'busy', { headers: again, code: 'CONFLICT' }],
    [
      new ClusterError('MUTATION_MISMATCH', 'other'),
      409,
      'other',
      { field: 'Idempotency-Key', code: 'MUTATION_MISMATCH' },
    ],
    [new ClusterError('RECORD_UNREADABLE', 'secret'), 500, 'the server failed', {}],
    [new ForbiddenException('no'), 403, 'no', {}],
    [parser, 413, 'request entity too large', {}],
    [new TypeError('x is not a function'), 500, 'the server failed', {}],
    ['a string', 500, 'the server failed', {}],
  ])('%s', (error, status, message, details) => {
    expect(toRestError(error)).toMatchObject({ status, message, details });
    expect(Object.keys(toRestError(error).details).toSorted()).toEqual(Object.keys(details).toSorted());
  });

  it('is 503 after every failure that may pass', () => {
    const passing = ErrorCode.options.filter((code) => request(code).retryable);
    expect(passing.map((code) => toRestError(request(code)).status)).toEqual(passing.map(() => 503));
  });
});

describe('the body of an error', () => {
  it.each([
    ['/openvidu/api/sessions', '/sessions'],
    ['/openvidu/api/sessions/a%20b?pendingConnections=true', '/sessions/a%20b'],
    ['/openvidu/api', '/'],
    ['/health/ready', '/health/ready'],
  ])('of %s has the keys of the contract', (url, path) => {
    expect(JSON.stringify(springError(new RestError(400, 'why'), { url, now: 5 }))).toBe(
      `{"timestamp":5,"status":400,"error":"Bad Request","message":"why","path":"${path}"}`,
    );
  });

  it('has what tells more at its end', () => {
    const error = new RestError(409, 'why', { field: 'f', code: 'C' });
    expect(Object.keys(springError(error, { url: '/', now: 5 })).slice(5)).toEqual(['field', 'code']);
  });
});
