import { z } from 'zod';
import { ConnectionId } from './ids.js';
import { limits } from './limits.js';

/**
 * The durable events of your application: what participants tell each other, by name, with the shape of the data. A line in
 * here is all that protocol, SDK and hooks need; who may tell it is in the master's `sessions/domain/tell.ts`.
 *
 * Each is told once and in order to everybody in the session, whatever dies; who joins later doesn't hear of it.
 */
export const appEvents = {
  /** Somebody wants to speak, or not any more. */
  handRaised: z.object({ raised: z.boolean() }),
} as const satisfies Record<string, z.ZodType>;

export type AppEventName = keyof typeof appEvents;
export const AppEventName = z.enum(Object.keys(appEvents) as [AppEventName, ...AppEventName[]]);
/** What an event of that name carries. */
export type AppEventData<Name extends AppEventName> = z.infer<(typeof appEvents)[Name]>;

/** An event of the application with its data, as it is told. */
export type AppEvent = { [Name in AppEventName]: { name: Name; data: AppEventData<Name> } }[AppEventName];

const schemas: Record<AppEventName, z.ZodType> = appEvents;

/** Parses an {@link AppEvent}: the data by the schema of the name. */
export const AppEvent = z
  .object({ name: AppEventName, data: z.unknown() })
  .transform(({ name, data }, context): AppEvent => {
    const parsed = schemas[name].safeParse(data);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: ['data', ...path], message });
      }
      return z.NEVER;
    }
    if (JSON.stringify(parsed.data).length > limits.appEventData) {
      context.addIssue({
        code: 'custom',
        path: ['data'],
        message: `longer than ${limits.appEventData} characters`,
      });
      return z.NEVER;
    }
    // The schema was chosen by the name, which TypeScript can't follow through the table.
    return { name, data: parsed.data } as AppEvent;
  });

/**
 * As it stands in the log. The name is any string and the data anything: in a cluster that is being upgraded, masters and SDKs of
 * before pass on, or ignore, an event that they don't know yet.
 */
export const ToldEvent = z.object({
  type: z.literal('app'),
  name: z.string().max(64),
  data: z.unknown(),
  from: ConnectionId,
});
export type ToldEvent = z.infer<typeof ToldEvent>;
