import { CloseButton, Drawer, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './side-panel.module.css';
import { useIsNarrow } from './use-is-narrow.js';
import { useReturnFocus } from './use-return-focus.js';

/** What {@link SidePanel} needs. */
export interface SidePanelProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What the button to close it is called. */
  closeLabel: string;
  children: ReactNode;
  'data-testid'?: string;
}

/**
 * Beside the stage, or a sheet over everything where there is no room for that. Escape closes it. The focus goes to what
 * has `data-autofocus`, else to the heading, and back when it closes.
 */
export function SidePanel({ opened, ...props }: SidePanelProps) {
  const isNarrow = useIsNarrow();
  if (isNarrow) return <Sheet opened={opened} {...props} />;
  return opened ? <Panel {...props} /> : null;
}

function Sheet({ opened, onClose, title, closeLabel, children, ...rest }: SidePanelProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="100%"
      radius={0}
      title={title}
      closeButtonProps={{ 'aria-label': closeLabel }}
      classNames={{
        content: classes.sheet ?? '',
        header: classes.sheetHead ?? '',
        title: classes.sheetTitle ?? '',
        body: classes.sheetBody ?? '',
      }}
      {...rest}
      // The page has a header of its own.
      attributes={{ header: { role: 'presentation' } }}
      returnFocus={false}
    >
      <SheetContent>{children}</SheetContent>
    </Drawer>
  );
}

/** The drawer would return the focus itself, but not the first time, when it comes with a part that was just loaded. */
function SheetContent({ children }: { children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  useReturnFocus(content);
  return (
    <div ref={content} className={classes.sheetContent}>
      {children}
    </div>
  );
}

function Panel({ onClose, title, closeLabel, children, ...rest }: Omit<SidePanelProps, 'opened'>) {
  const panel = useRef<HTMLElement>(null);
  useReturnFocus(panel);
  useEffect(() => {
    const find = (selector: string) => panel.current?.querySelector<HTMLElement>(selector);
    (find('[data-autofocus]') ?? find('h2'))?.focus({ preventScroll: true });
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from wherever the focus is inside
    <aside
      ref={panel}
      className={classes.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      {...rest}
    >
      <div className={classes.head}>
        <Text component="h2" fw={650} tabIndex={-1}>
          {title}
        </Text>
        <CloseButton aria-label={closeLabel} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
