import { Input, SegmentedControl } from '@mantine/core';
import type { Recovery } from '../backend/api.js';
import { messages } from '../messages.js';

/** What {@link RecoveryChoice} needs. */
export interface RecoveryChoiceProps {
  value: Recovery;
  onChange: (value: Recovery) => void;
}

/** Who repairs the room when a server dies; it counts for a room that is made now. */
export function RecoveryChoice({ value, onChange }: RecoveryChoiceProps) {
  const { recovery } = messages;
  const choices: { value: Recovery; label: string }[] = [
    { value: 'automatic', label: recovery.automatic },
    { value: 'application', label: recovery.application },
  ];
  return (
    <Input.Wrapper label={recovery.label} description={recovery.hint[value]} inputWrapperOrder={order}>
      <SegmentedControl
        aria-label={recovery.label}
        data={choices}
        value={value}
        onChange={onChange}
        fullWidth
        mb={4}
        data-testid="join-recovery"
      />
    </Input.Wrapper>
  );
}

const order: ('label' | 'input' | 'description')[] = ['label', 'input', 'description'];
