import { Field } from '../shared/field';
import { Select } from '../shared/select';

type Option<Value extends string> = { value: Value; label: string };
type Props<Value extends string> = {
  label: string;
  hint?: string;
  value: Value | undefined;
  options: readonly Option<Value>[];
  /** The label of no choice; without it there always is one. */
  any?: string;
  onChange: (value: Value | undefined) => void;
};

/** One of a few. A choice takes effect at once. */
export function Choice<Value extends string>({ label, hint, value, options, any, onChange }: Props<Value>) {
  const none = any === undefined ? [] : [{ value: undefined, label: any }];
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <Select<{ value: Value | undefined; label: string }>
          inputId={id}
          descriptionId={describedBy}
          options={[...none, ...options]}
          value={options.find((option) => option.value === value) ?? none[0] ?? null}
          onChange={(chosen: { value: Value | undefined } | null) => onChange(chosen?.value)}
          maxMenuHeight={240}
        />
      )}
    </Field>
  );
}
