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
  const fitting = isLoading && search !== '' ? groups.map((group) => fittingIn(group, search)) : groups;
  const options: (Option<Value> | Group<Value>)[] = fitting.length === 1 ? (fitting[0]?.options ?? []) : fitting;
  return (
    <Select<Option<Value>>
      inputId={id}
      descriptionId={describedBy}
      isInvalid={invalid}
      isDisabled={props.isDisabled ?? false}
      value={value ?? null}
      options={options}
      // Until the answer is there, the list of an earlier text is narrowed to this one: Enter or a click never takes what does not fit.
      filterOption={isLoading ? ({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()) : null}
      isLoading={isLoading}
      inputValue={search}
      onInputChange={(typed: string, { action }: { action: string }) => {
        if (action === 'input-change' || action === 'menu-close' || action === 'set-value')
          onSearch(action === 'input-change' ? typed : '');
      }}
      onChange={(chosen: Option<Value> | null) => chosen && onChange(chosen.data)}
      onMenuScrollToBottom={() => props.onScrolledToEnd?.()}
      placeholder={placeholder}
      noOptionsMessage={() => nothing}
      loadingMessage={() => loadingText}
      maxMenuHeight={240}
      autoFocus={props.takesFocus ?? false}
      defaultMenuIsOpen={props.isOpen ?? false}
    />
  );
}

/** Until the service has answered, what is listed is of an earlier question: Enter must not take something else than what was typed. */
function fittingIn<Value>({ label, options }: Group<Value>, search: string): Group<Value> {
  const typed = search.trim().toLowerCase();
  return { label, options: options.filter((option) => option.label.toLowerCase().includes(typed)) };
}
