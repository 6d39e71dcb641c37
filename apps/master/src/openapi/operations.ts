import { z } from 'zod';
import { GroupView } from '../cluster-api/group-view.js';
import { NodeView } from '../cluster-api/node-view.js';
import { DrainOrdered, DrainRequest, GroupSize, MoveRequest } from '../cluster-api/requests.js';
import { SessionPlacement } from '../cluster-api/session-placement.js';
import { CreateConnection, CreateToken, createSession, SendSignal } from '../rest/bodies.js';
import {
  ClusterHealthAnswer,
  ConnectionAnswer,
  ConnectionListAnswer,
  SessionAnswer,
  SessionListAnswer,
  TokenAnswer,
} from './answers.js';

/** One thing that can be asked of a master. */
export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/cluster/api/nodes/{id}/drain`. */
  path: string;
  summary: string;
  tag: 'sessions' | 'connections' | 'cluster' | 'health';
  body?: z.ZodType;
  query?: Record<string, string>;
  /** Status of success, and its body; without one it is empty. */
  status: number;
  answer?: z.ZodType;
  /** Other answers: what each status means here. */
  others?: Record<number, string>;
  /** Whether it needs no secret. */
  isPublic?: true;
  isDeprecated?: true;
}

const session = '/openvidu/api/sessions/{id}';
const pendingConnections = { pendingConnections: '`true`: with those whose token was not used yet.' };
const noSession = { 404: 'There is no such session. No body.' };
const status = z.object({ status: z.string() });
const Live = z.object({
  status: z.literal('ok'),
  id: z.string(),
  role: z.literal('master'),
  name: z.string(),
  state: z.string(),
});

const ofSessions: Operation[] = [
  {
    method: 'post',
    path: '/openvidu/api/sessions',
    summary: 'Creates a session.',
    tag: 'sessions',
    body: createSession({ OPENVIDU_STREAMS_FORCED_VIDEO_CODEC: 'NONE', EVERCALL_RECOVERY: 'automatic' }),
    status: 200,
    answer: SessionAnswer,
    others: { 409: 'The id is in use. No body.' },
  },
  {
    method: 'get',
    path: '/openvidu/api/sessions',
    summary: 'Lists the sessions.',
    tag: 'sessions',
    query: pendingConnections,
    status: 200,
    answer: SessionListAnswer,
  },
  {
    method: 'get',
    path: session,
    summary: 'Tells of a session.',
    tag: 'sessions',
    query: pendingConnections,
    status: 200,
    answer: SessionAnswer,
    others: noSession,
  },
  {
    method: 'delete',
    path: session,
    summary: 'Closes a session; everybody in it is told.',
    tag: 'sessions',
    status: 204,
    others: noSession,
  },
  {
    method: 'post',
    path: '/openvidu/api/signal',
    summary: 'Sends a message to everybody in a session, or to some.',
    tag: 'sessions',
    body: SendSignal,
    status: 200,
    others: { ...noSession, 406: 'Nobody takes part, or somebody in `to` does not. No body.' },
  },
];

const ofConnections: Operation[] = [
  {
    method: 'post',
    path: `${session}/connection`,
    summary: 'Makes a place for a participant, with its token.',
    tag: 'connections',
    body: CreateConnection,
    status: 200,
    answer: ConnectionAnswer,
    others: noSession,
  },
  {
    method: 'get',
    path: `${session}/connection`,
    summary: 'Lists the connections of a session.',
    tag: 'connections',
    query: { pendingConnections: '`false`: without those whose token was not used yet.' },
    status: 200,
    answer: ConnectionListAnswer,
    others: noSession,
  },
  {
    method: 'get',
    path: `${session}/connection/{connectionId}`,
    summary: 'Tells of a connection.',
    tag: 'connections',
    status: 200,
    answer: ConnectionAnswer,
    others: { 400: 'There is no such session. No body.', 404: 'There is no such connection. No body.' },
  },
  {
    method: 'delete',
    path: `${session}/connection/{connectionId}`,
    summary: 'Ends a connection: the participant is told `forceDisconnectByServer`.',
    tag: 'connections',
    status: 204,
    others: { 400: 'There is no such session. No body.', 404: 'There is no such connection. No body.' },
  },
  {
    method: 'delete',
    path: `${session}/stream/{streamId}`,
    summary: 'Ends a stream: its publisher is told `forceUnpublishByServer`.',
    tag: 'connections',
    status: 204,
    others: { 400: 'There is no such session. No body.', 404: 'There is no such stream. No body.' },
  },
  {
    method: 'post',
    path: '/openvidu/api/tokens',
    summary: 'As a connection, with the session in the body.',
    tag: 'connections',
    body: CreateToken,
    status: 200,
    answer: TokenAnswer,
    others: noSession,
    isDeprecated: true,
  },
];

const ofCluster: Operation[] = [
  {
    method: 'get',
    path: '/cluster/api/nodes',
    summary: 'Lists masters and media nodes, and those that were lost lately.',
    tag: 'cluster',
    status: 200,
    answer: z.array(NodeView),
  },
  {
    method: 'post',
    path: '/cluster/api/nodes/{id}/drain',
    summary: 'Orders a node to leave.',
    tag: 'cluster',
    body: DrainRequest,
    status: 202,
    answer: DrainOrdered,
    others: { 404: 'There is no such node.' },
  },
  {
    method: 'delete',
    path: '/cluster/api/nodes/{id}/drain',
    summary: 'Takes that order back.',
    tag: 'cluster',
    status: 204,
    others: { 404: 'There is no such node.', 409: 'Its process was told to end.' },
  },
  {
    method: 'get',
    path: '/cluster/api/sessions/{id}',
    summary: 'Tells where a session and everybody in it are.',
    tag: 'cluster',
    status: 200,
    answer: SessionPlacement,
    others: { 404: 'There is no such session.' },
  },
  {
    method: 'post',
    path: '/cluster/api/sessions/{id}/move',
    summary: 'Moves a session to another media node, unnoticed.',
    tag: 'cluster',
    body: MoveRequest,
    status: 202,
    answer: SessionPlacement,
    others: {
      404: 'There is no such session or media node.',
      409: 'It is on its way already.',
      503: 'No media node can take it.',
    },
  },
  {
    method: 'get',
    path: '/cluster/api/groups',
    summary: 'Lists how many nodes there should be, and are.',
    tag: 'cluster',
    status: 200,
    answer: z.array(GroupView),
  },
  {
    method: 'patch',
    path: '/cluster/api/groups/{role}',
    summary: 'Changes how many nodes there should be.',
    tag: 'cluster',
    body: GroupSize,
    status: 200,
    answer: GroupView,
    others: { 404: 'There is no such group.' },
  },
  {
    method: 'post',
    path: '/cluster/api/groups/{role}/roll',
    summary: 'Exchanges every node of a group, one at a time.',
    tag: 'cluster',
    status: 202,
    answer: GroupView,
    others: { 404: 'There is no such group.' },
  },
  {
    method: 'get',
    path: '/cluster/api/openapi.json',
    summary: 'This document.',
    tag: 'cluster',
    status: 200,
    answer: z.record(z.string(), z.unknown()),
    isPublic: true,
  },
];

const ofHealth: Operation[] = [
  {
    method: 'get',
    path: '/openvidu/api/health',
    summary: 'Tells how the cluster is.',
    tag: 'health',
    status: 200,
    answer: ClusterHealthAnswer,
    others: { 409: '`UNSTABLE`: some media nodes can’t be reached.', 503: '`DOWN`: none can.' },
  },
  {
    method: 'get',
    path: '/openvidu/health',
    summary: 'This master answers.',
    tag: 'health',
    status: 200,
    answer: status,
    isPublic: true,
  },
  {
    method: 'get',
    path: '/openvidu/api/config/openvidu-publicurl',
    summary: 'Where browsers find the platform, as text.',
    tag: 'health',
    status: 200,
    answer: z.string(),
    isPublic: true,
  },
  {
    method: 'get',
    path: '/health/live',
    summary: 'The process answers.',
    tag: 'health',
    status: 200,
    answer: Live,
    isPublic: true,
  },
  {
    method: 'get',
    path: '/health/ready',
    summary: 'It takes new work.',
    tag: 'health',
    status: 200,
    answer: status,
    others: { 404: 'It leaves.', 503: 'It starts.' },
    isPublic: true,
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'For Prometheus, as text.',
    tag: 'health',
    status: 200,
    answer: z.string(),
  },
];

/** Everything that can be asked of a master, by people and backends; what masters ask each other is not among it. */
export const operations: readonly Operation[] = [...ofSessions, ...ofConnections, ...ofCluster, ...ofHealth];
