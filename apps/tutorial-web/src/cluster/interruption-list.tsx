import { Stack, Text } from '@mantine/core';
import { messages } from '../messages.js';
import classes from './cluster-panel.module.css';
import type { Incident, Measured } from './interruption-meter.js';

/** What faults cost here, the latest first: milliseconds, with what is normal beside. */
export function InterruptionList({ incidents }: { incidents: readonly Incident[] }) {
  const { cluster } = messages;
  if (incidents.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {cluster.log.empty}
      </Text>
    );
  }
  return (
    <Stack gap={8} role="log" aria-label={cluster.log.heading}>
      {incidents.map((incident) => (
        <div key={incident.id} data-testid="incident" data-settled={incident.isSettled}>
          <Text size="xs" fw={600}>
            {incident.labels.join(' → ')}
            {!incident.isSettled && cluster.log.measuring}
          </Text>
          <dl className={classes.figures}>
            <Figure label={cluster.log.signalling} text={cluster.log.ms(incident.signallingMs)} />
            <Figure label={cluster.log.video} text={textOf(incident.video)} />
            <Figure label={cluster.log.audio} text={textOf(incident.audio)} />
          </dl>
        </div>
      ))}
    </Stack>
  );
}

function Figure({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function textOf(measured: Measured | undefined): string {
  const { cluster } = messages;
  if (!measured) return cluster.log.nothing;
  return `${cluster.log.ms(measured.ms)} ${cluster.log.normal(measured.normalMs)}`;
}
