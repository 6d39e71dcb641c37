import type { Browser } from '@playwright/test';
import { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import { Choices } from './choices.ts';
import { Crowd } from './crowd.ts';
import { chooseFault } from './faults.ts';

/** What {@link randomChaos} does. */
export interface RandomChaosOptions {
  seed: number;
  minutes: number;
  browser: Browser;
  /** Folder for the cluster's data and logs. */
  dir: string;
  say: (text: string) => void;
}

/** Something that somebody does. */
interface Action {
  text: string;
  act: () => Promise<void>;
}

const mostClients = 6;
const faultShare = 0.4;
const mostSentences = 3;

/**
 * Does things at random for so long, and compares everybody with the model after each step. The same seed makes the same
 * choices.
 *
 * @throws Error with the step after which somebody disagreed
 */
export async function randomChaos(options: RandomChaosOptions): Promise<void> {
  const choices = new Choices(options.seed);
  const until = performance.now() + options.minutes * 60_000;
  await using cluster = await FaultyCluster.start({ dir: options.dir });
  await using crowd = await Crowd.gather(cluster, options.browser);
  for (let step = 1; performance.now() < until; step += 1) {
    const fault = choices.chance(faultShare) ? chooseFault(choices, cluster) : undefined;
    // While data is lost nothing may be under way that only Redis knows of.
    const action = fault?.losesData ? undefined : chooseAction({ choices, crowd, step });
    const text = [action?.text, fault?.text].filter(Boolean).join(', while: ');
    const from = performance.now();
    try {
      await Promise.all([fault?.strike(), action?.act()]);
      await crowd.agrees();
    } catch (cause) {
      throw new Error(`step ${step}, ${text}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
    options.say(`${step}. ${text} (${Math.round(performance.now() - from)} ms)`);
    await cluster.heal();
  }
}

function chooseAction({ choices, crowd, step }: { choices: Choices; crowd: Crowd; step: number }): Action {
  const { model, lightNames } = crowd;
  const actions: (() => Action)[] = [() => speak({ choices, crowd, step })];
  if (lightNames.length < mostClients) {
    actions.push(() => ({ text: `light-${step} joins`, act: async () => crowd.join(`light-${step}`) }));
  }
  if (lightNames.length > 0) {
    const name = choices.oneOf(lightNames);
    const [stream] = model.streamsOf(name);
    actions.push(
      () => ({ text: `${name} leaves`, act: async () => crowd.leave(name) }),
      () => ({ text: `${name} loses its socket`, act: async () => crowd.drop(name) }),
      () =>
        stream === undefined
          ? { text: `${name} publishes`, act: async () => crowd.publish(name) }
          : { text: `${name} unpublishes`, act: async () => crowd.unpublish(name, stream) },
    );
  }
  return choices.oneOf(actions)();
}

/** One after the other, so that their order is known. */
function speak({ choices, crowd, step }: { choices: Choices; crowd: Crowd; step: number }): Action {
  const name = choices.oneOf(crowd.model.names);
  const count = 1 + choices.below(mostSentences);
  return {
    text: `${name} says ${count}`,
    act: async () => {
      for (let sentence = 1; sentence <= count; sentence += 1) {
        await crowd.say(name, `${step}.${sentence} by ${name}`);
      }
    },
  };
}
