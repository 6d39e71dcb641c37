import { ActionIcon, Group, Tooltip } from '@mantine/core';
import {
  IconCpuOff,
  IconDoorExit,
  IconDoorOff,
  IconFlame,
  IconPlugConnectedX,
  IconSnowflake,
} from '@tabler/icons-react';
import { messages } from '../messages.js';
import type { NodeAction } from './cluster-api.js';
import type { ClusterNode } from './cluster-view.js';

/** What {@link NodeActions} needs. */
export interface NodeActionsProps {
  node: ClusterNode;
  onAction: (node: ClusterNode, action: NodeAction) => void;
}

/** Breaks a node, at once and without asking: that is what it is for. */
export function NodeActions({ node, onAction }: NodeActionsProps) {
  const { actions } = messages.cluster;
  const workers = node.role === 'media' ? (node.load?.workers ?? []) : [];
  const drain = node.drain
    ? ({ action: 'undrain', icon: IconDoorOff } as const)
    : ({ action: 'drain', icon: IconDoorExit } as const);
  const buttons = [
    { action: 'kill', icon: IconPlugConnectedX, color: 'danger' },
    { action: 'freeze', icon: IconSnowflake },
    { action: 'thaw', icon: IconFlame },
    drain,
    ...workers.flatMap((worker, index) =>
      worker.alive ? [{ action: `worker-${index}`, icon: IconCpuOff } as const] : [],
    ),
  ] as const;
  return (
    <Group gap={6} mt={4}>
      {buttons.map(({ action, icon: Icon, ...look }) => (
        <Tooltip key={action} label={actionLabel(action)} openDelay={300} position="bottom">
          <ActionIcon
            size="var(--action-size)"
            variant="default"
            aria-label={actions.of(actionLabel(action), node.name)}
            data-testid={`cluster-${action}`}
            onClick={() => onAction(node, action)}
            {...('color' in look ? { variant: 'light', color: look.color } : {})}
          >
            <Icon size={17} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}

/** What an action is called. */
export function actionLabel(action: NodeAction): string {
  const { actions } = messages.cluster;
  switch (action) {
    case 'kill':
    case 'freeze':
    case 'thaw':
    case 'drain':
    case 'undrain':
      return actions[action];
    default:
      return actions.worker(Number(action.slice('worker-'.length)) + 1);
  }
}
