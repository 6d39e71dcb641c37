import type { Participant, UseSession } from '@evercall/react';
import { useServedBy } from '@evercall/react';
import { Alert, Badge, Center, Loader, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CallState } from '../call/call-state.js';
import { messages } from '../messages.js';
import { participantName } from '../shared/participant-name.js';
import { SidePanel } from '../shared/side-panel.js';
import { type ClusterApi, createClusterApi, type NodeAction } from './cluster-api.js';
import classes from './cluster-panel.module.css';
import type { ClusterNode } from './cluster-view.js';
import { InterruptionList } from './interruption-list.js';
import { actionLabel } from './node-actions.js';
import { NodeRow } from './node-row.js';
import { newlyLost, nodeRows } from './panel-model.js';
import { useCluster } from './use-cluster.js';
import { useInterruptions } from './use-interruptions.js';

/** Milliseconds after which a view is called an old one. */
const oldMs = 2_000;

/** What {@link ClusterPanel} needs. */
export interface ClusterPanelProps {
  opened: boolean;
  onClose: () => void;
  /** Slug of the room. */
  room: string;
  identity: string | undefined;
  session: UseSession['session'];
  participants: readonly Participant[];
  state: CallState['name'];
  /** Default the backend's. */
  api?: ClusterApi;
}

/**
 * The nodes of the cluster, whom they serve, buttons to break them, and what that costs here. Measures on while it is
 * closed. The folder is the tutorial's own: a product deletes it.
 */
export default function ClusterPanel(props: ClusterPanelProps) {
  const { opened, onClose, room, identity, session, participants, state } = props;
  const { cluster } = messages;
  const [ownApi] = useState(() => createClusterApi(room, identity));
  const api = props.api ?? ownApi;
  const meter = useInterruptions({ session, participants, state });
  const [failure, setFailure] = useState('');
  const { view, error } = useCluster(api, (now, before) => {
    for (const node of newlyLost(before, now)) meter.observed(cluster.log.lost(node.name));
  });
  const servedBy = useServedBy({ session });
  const others = useMemo(
    () =>
      new Map(
        participants
          .filter(({ isLocal }) => !isLocal)
          .map((participant) => [participant.connectionId, participantName(participant)]),
      ),
    [participants],
  );
  const act = (node: ClusterNode, action: NodeAction) => {
    const label = cluster.log.done(actionLabel(action), node.name);
    if (action !== 'undrain' && action !== 'thaw') meter.begin(label);
    setFailure('');
    api.act(node.id, action).catch(() => setFailure(cluster.failed(label)));
  };
  const rows =
    view && nodeRows(view, { others, masterId: servedBy?.masterId, mediaNodeId: servedBy?.mediaNodeId });
  return (
    <SidePanel
      opened={opened}
      onClose={onClose}
      title={cluster.heading}
      closeLabel={cluster.close}
      data-testid="cluster-panel"
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also for who has only a keyboard */}
      <section className={classes.content} tabIndex={0} aria-label={cluster.heading}>
        {view?.playground && (
          <Badge size="sm" color="warning" variant="light" mb={8} tt="none" data-testid="playground">
            {cluster.playground}
          </Badge>
        )}
        {view && !view.playground && (
          <Text size="xs" c="dimmed" mb={8} data-testid="read-only">
            {cluster.readOnly}
          </Text>
        )}
        {!view && !error && (
          <Center py="lg" data-testid="cluster-loading">
            <Loader size="sm" aria-label={cluster.loading} />
          </Center>
        )}
        {(error ?? (view && view.ageMs > oldMs)) && (
          <Alert color="warning" p="xs" mb={8} data-testid="cluster-stale">
            <Text size="xs">{view ? cluster.old : cluster.away}</Text>
          </Alert>
        )}
        {failure && (
          <Alert color="danger" p="xs" mb={8} role="alert" data-testid="cluster-failure">
            <Text size="xs">{failure}</Text>
          </Alert>
        )}
        {rows &&
          (['master', 'media'] as const).map((role) => (
            <section key={role} aria-label={cluster.roles[role]}>
              <Text component="h3" size="xs" fw={650} c="dimmed">
                {cluster.roles[role]}
              </Text>
              <ul className={classes.nodes}>
                {rows[role].map((row) => (
                  <NodeRow key={row.node.id} row={row} onAction={view.playground ? act : undefined} />
                ))}
                {rows[role].length === 0 && (
                  <Text component="li" size="xs" c="dimmed">
                    {cluster.none}
                  </Text>
                )}
              </ul>
            </section>
          ))}
      </section>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same */}
      <section className={classes.footer} tabIndex={0} aria-label={cluster.log.heading}>
        <Text component="h3" size="xs" fw={650} c="dimmed" mb={4}>
          {cluster.log.heading}
        </Text>
        <InterruptionList incidents={meter.incidents} />
      </section>
    </SidePanel>
  );
}
