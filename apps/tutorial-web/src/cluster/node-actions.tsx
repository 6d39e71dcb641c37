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

const { actions } = messages.cluster;

/** What {@link NodeActions} needs. */
export interface NodeActionsProps {
  node: ClusterNode;
  onAction: (node: ClusterNode, action: NodeAction) => void;
}

/** Breaks a node, at once and without asking: that is what it is for. */
export function NodeActions({ node, onAction }: NodeActionsProps) {
  const workers = node.role === 'media' ? (node.load?.workers ?? []) : [];
  const drain = node.drain
    ? ({ action: 'undrain', label: actions.undrain, icon: IconDoorOff } as const)
    : ({ action: 'drain', label: actions.drain, icon: IconDoorExit } as const);
  const buttons = [
    { action: 'kill', label: actions.kill, icon: IconPlugConnectedX, color: 'red' },
    { action: 'freeze', label: actions.freeze, icon: IconSnowflake },
    { action: 'thaw', label: actions.thaw, icon: IconFlame },
    drain,
    ...workers.flatMap((worker, index) =>
      worker.alive
        ? [{ action: `worker-${index}`, label: actions.worker(index + 1), icon: IconCpuOff } as const]
        : [],
    ),
  ] as const;
  return (
    <Group gap={6} mt={4}>
      {buttons.map(({ action, label, icon: Icon, ...look }) => (
        <Tooltip key={action} label={label} openDelay={300} position="bottom">
          <ActionIcon
            size={30}
            variant="default"
            aria-label={actions.of(label, node.name)}
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
