import { MutationId } from '@evercall/protocol';
import { z } from 'zod';
import { GroupView } from '../cluster-api/group-view.js';
import { NodeView } from '../cluster-api/node-view.js';
import { SessionPlacement } from '../cluster-api/session-placement.js';
import {
  ConnectionAnswer,
  ConnectionListAnswer,
  ErrorAnswer,
  SessionAnswer,
  SessionListAnswer,
  TokenAnswer,
} from './answers.js';
import { type Operation, operations } from './operations.js';

type Json = Record<string, unknown>;

/** Answers that have a name of their own. */
const named = z.registry<{ id: string }>();
named.add(SessionAnswer, { id: 'Session' });
named.add(SessionListAnswer, { id: 'SessionList' });
named.add(ConnectionAnswer, { id: 'Connection' });
named.add(ConnectionListAnswer, { id: 'ConnectionList' });
named.add(TokenAnswer, { id: 'Token' });
named.add(NodeView, { id: 'Node' });
named.add(GroupView, { id: 'NodeGroup' });
named.add(SessionPlacement, { id: 'SessionPlacement' });
named.add(ErrorAnswer, { id: 'Error' });

const uri = (id: string) => `#/components/schemas/${id}`;
const common = { unrepresentable: 'any', target: 'draft-2020-12' } as const;

/** The OpenAPI 3.1 document of the REST API, made from the schemas that read the requests. @param version of the software */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of operations) paths[one.path] = { ...paths[one.path], [one.method]: operation(one) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Evercall',
      version,
      description:
        'REST API of a master, any of which serves any request. 502, 503 and 504 mean: ask again, with the same Idempotency-Key.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://localhost:4443' }],
    security: [{ secret: [] }],
    paths,
    components: {
      securitySchemes: {
        secret: { type: 'http', scheme: 'basic', description: 'User OPENVIDUAPP, password OPENVIDU_SECRET.' },
      },
      schemas: namedSchemas(),
    },
  };
}

function operation({
  method,
  path,
  summary,
  tag,
  body,
  query = {},
  isPublic,
  isDeprecated,
  ...answers
}: Operation): Json {
  return {
    summary,
    tags: [tag],
    ...(isDeprecated ? { deprecated: true } : {}),
    ...(isPublic ? { security: [] } : {}),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(query).map(([name, description]) => ({
        name,
        in: 'query',
        description,
        schema: { type: 'string' },
      })),
      ...(method === 'get' ? [] : [idempotencyKey]),
    ],
    ...(body ? { requestBody: { content: { 'application/json': { schema: inputSchema(body) } } } } : {}),
    responses: responses(answers, { hasBody: body !== undefined, isPublic: isPublic === true }),
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same request is carried out once, and answered alike.',
  schema: inputSchema(MutationId),
};

function responses(
  { status, answer, others = {} }: Pick<Operation, 'status' | 'answer' | 'others'>,
  { hasBody, isPublic }: { hasBody: boolean; isPublic: boolean },
): Json {
  const error = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
  const isText = answer instanceof z.ZodString;
  const content = answer && {
    [isText ? 'text/plain' : 'application/json']: { schema: outputSchema(answer) },
  };
  const all: Record<string, Json> = {
    [status]: { description: 'Done.', ...(content ? { content } : {}) },
    ...(hasBody ? { 400: { description: 'A parameter is wrong: `field` names it.', ...error } } : {}),
    ...(isPublic ? {} : { 401: { description: 'The secret is wrong.', ...error } }),
    ...(isPublic ? {} : { 503: { description: 'Not now: ask again after `Retry-After`.', ...error } }),
  };
  for (const [code, description] of Object.entries(others)) {
    all[code] = { description, ...(description.includes('No body') ? {} : error) };
  }
  return all;
}

function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(named, { ...common, io: 'output', uri });
  return Object.fromEntries(Object.entries(schemas).map(([id, one]) => [id, plain(one)]));
}

/** What a body must be. */
function inputSchema(type: z.ZodType): Json {
  return plain(z.toJSONSchema(type, { ...common, io: 'input' }));
}

/** What an answer is. */
function outputSchema(type: z.ZodType): Json {
  const name = named.get(type)?.id;
  if (name !== undefined) return { $ref: uri(name) };
  if (type instanceof z.ZodArray && type.element instanceof z.ZodType) {
    return { type: 'array', items: outputSchema(type.element) };
  }
  return plain(z.toJSONSchema(type, { ...common, io: 'output' }));
}

/** OpenAPI says itself which dialect it is, and where a schema is found. */
function plain({ $schema: _dialect, $id: _id, ...rest }: Json): Json {
  return rest;
}
