import { fitting, searched } from './searched';
import { Select } from './select';

export type Option<Value> = { label: string; value: string; data: Value };
export type Group<Value> = { label: string; options: Option<Value>[] };

export type SearchSelectProps<Value> = {
  id: string;
  describedBy: string;
  invalid: boolean;
  value: Option<Value> | undefined;
  groups: Group<Value>[];
  isLoading: boolean;
  isDisabled?: boolean;
  placeholder: string;
  nothing: string;
  /** Why something may be missing, a sentence each. */
  leftOut?: readonly string[];
  loadingText: string;
  search: string;
  onSearch: (search: string) => void;
  onChange: (value: Value) => void;
  onScrolledToEnd?: () => void;
  /** It takes the place of a field where somebody was. */
  takesFocus?: boolean;
  isOpen?: boolean;
};

/** A list that is searched at the service, not here: what the person types goes to `onSearch`. */
export function SearchSelect<Value>(props: SearchSelectProps<Value>) {
  const {
    id,
    describedBy,
    invalid,
    value,
    groups,
    isLoading,
    placeholder,
    nothing,
    loadingText,
    search,
    onSearch,
    onChange,
  } = props;
  const shown = isLoading ? groups.map((one) => ({ ...one, options: fitting(one.options, search) })) : groups;
  const options: (Option<Value> | Group<Value>)[] = shown.length === 1 ? (shown[0]?.options ?? []) : shown;
  return (
    <Select<Option<Value>>
      inputId={id}
      descriptionId={describedBy}
      isInvalid={invalid}
      isDisabled={props.isDisabled ?? false}
      value={value ?? null}
      options={options}
      isLoading={isLoading}
      {...searched(search, onSearch)}
      onChange={(chosen: Option<Value> | null) => chosen && onChange(chosen.data)}
      onMenuScrollToBottom={() => props.onScrolledToEnd?.()}
      placeholder={placeholder}
      noOptionsMessage={() => nothing}
      leftOut={props.leftOut}
      loadingMessage={() => loadingText}
      maxMenuHeight={240}
      autoFocus={props.takesFocus ?? false}
      defaultMenuIsOpen={props.isOpen ?? false}
    />
  );
}
