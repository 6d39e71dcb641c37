import { CloseButton, Drawer, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { messages } from '../messages.js';
import classes from './cluster-panel.module.css';

/** What {@link PanelFrame} needs. */
export interface PanelFrameProps {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Stays in sight while the rest is scrolled. */
  footer: ReactNode;
}

/** Beside the stage, or a drawer where there is no room for that. */
export function PanelFrame({ opened, onClose, children, footer }: PanelFrameProps) {
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  if (isNarrow) {
    return (
      <Drawer
        opened={opened}
        onClose={onClose}
        position="bottom"
        size="75%"
        title={messages.cluster.heading}
        closeButtonProps={{ 'aria-label': messages.cluster.close }}
        data-testid="cluster-panel"
      >
        {children}
        {footer}
      </Drawer>
    );
  }
  if (!opened) return null;
  return (
    <aside className={classes.panel} aria-label={messages.cluster.heading} data-testid="cluster-panel">
      <Group justify="space-between" px="sm" pt="sm" pb={4}>
        <Text component="h2" fw={650}>
          {messages.cluster.heading}
        </Text>
        <CloseButton aria-label={messages.cluster.close} onClick={onClose} />
      </Group>
      <div className={classes.content}>{children}</div>
      <div className={classes.footer}>{footer}</div>
    </aside>
  );
}
