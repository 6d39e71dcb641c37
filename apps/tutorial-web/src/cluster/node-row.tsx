import { Badge, Group, Text } from '@mantine/core';
import { messages } from '../messages.js';
import classes from './cluster-panel.module.css';
import { NodeActions, type NodeActionsProps } from './node-actions.js';
import type { NodeRow as Row } from './panel-model.js';

const colors: Record<string, string> = {
  running: 'success',
  launching: 'info',
  terminating: 'warning',
  'waiting-idle-to-terminate': 'warning',
  lost: 'danger',
  failed: 'danger',
};

/** What {@link NodeRow} needs. */
export interface NodeRowProps {
  row: Row;
  /** Absent: nothing may be done to it. */
  onAction?: NodeActionsProps['onAction'] | undefined;
}

/** One node: how it is, whom it serves, and what can be done to it. */
export function NodeRow({ row, onAction }: NodeRowProps) {
  const { cluster } = messages;
  const { node, isLost, servesMe, serves } = row;
  const state = isLost ? 'lost' : node.state;
  const people = [...(servesMe ? [cluster.you] : []), ...serves];
  return (
    <li
      className={classes.node}
      data-testid="cluster-node"
      data-name={node.name}
      data-state={state}
      data-serves-me={servesMe}
    >
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Text
          component={isLost ? 'del' : 'span'}
          size="sm"
          fw={600}
          td={isLost ? 'line-through' : ''}
          c={isLost ? 'dimmed' : ''}
          truncate
        >
          {node.name}
        </Text>
        <Badge size="sm" variant="light" color={colors[state] ?? 'neutral'} className={classes.state}>
          {cluster.states[state] ?? state}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed">
        {isLost ? cluster.lostBecause(node.lost?.cause ?? '') : loadOf(row)}
        {node.drain && !isLost && ` · ${cluster.drains(node.drain.waitsFor === 'room')}`}
      </Text>
      {people.length > 0 && (
        <Text size="xs" className={classes.serves} data-me={servesMe}>
          {cluster.serves(people.join(', '))}
        </Text>
      )}
      {onAction && !isLost && <NodeActions node={node} onAction={onAction} />}
    </li>
  );
}

function loadOf({ node: { load, role } }: Row): string {
  const { cluster } = messages;
  if (!load) return cluster.noLoad;
  const cpu = Math.round(load.cpu * 100);
  return role === 'master'
    ? cluster.masterLoad(load.connections, cpu)
    : cluster.mediaLoad({ sessions: load.sessions, consumers: load.consumers, cpu });
}
