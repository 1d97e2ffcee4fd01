import type { ReviewerView } from '../../src/contract/views';
import { Select } from '../shared/select';

type Option = ReviewerView & { label: string };

type Props = {
  id: string;
  describedBy: string;
  value: readonly ReviewerView[];
  people: readonly ReviewerView[];
  isLoading: boolean;
  placeholder: string;
  nothing: string;
  loadingText: string;
  onOpen: () => void;
  search: string;
  onSearch: (search: string) => void;
  onChange: (chosen: ReviewerView[]) => void;
};

/** Several people out of a list that the service searches. */
export function PeopleSelect(props: Props) {
  const options = props.people.map(({ id, login, name }) => ({
    id,
    login,
    label: name ? `${login} (${name})` : login,
  }));
  return (
    <Select<Option, true>
      isMulti
      inputId={props.id}
      descriptionId={props.describedBy}
      value={props.value.map((person) => ({ ...person, label: person.login }))}
      getOptionValue={({ id }: Option) => id}
      options={options}
      filterOption={null}
      isLoading={props.isLoading}
      onMenuOpen={props.onOpen}
      inputValue={props.search}
      onInputChange={(typed: string, { action }: { action: string }) => {
        if (action === 'input-change' || action === 'menu-close' || action === 'set-value')
          props.onSearch(action === 'input-change' ? typed : '');
      }}
      onChange={(chosen: readonly Option[]) => props.onChange(chosen.map(({ id, login }) => ({ id, login })))}
      placeholder={props.placeholder}
      noOptionsMessage={() => props.nothing}
      loadingMessage={() => props.loadingText}
      maxMenuHeight={200}
    />
  );
}
