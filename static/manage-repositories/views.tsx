import { useText } from '../shared/text';

const overviews = ['integrations', 'people', 'rules', 'names', 'activity'] as const;
export type OverviewName = (typeof overviews)[number];

type Props = {
  current: OverviewName;
  /** Those with something typed and not saved. */
  unsaved: Readonly<Partial<Record<OverviewName, boolean>>>;
  onChoose: (view: OverviewName) => void;
};

/** The parts of the page. */
export function Views({ current, unsaved, onChoose }: Props) {
  const { t } = useText();
  return (
    <nav aria-label={t('admin.views')} className="views">
      {overviews.map((view) => (
        <button
          key={view}
          type="button"
          className="view-button"
          {...(view === current && { 'aria-current': 'page' })}
          onClick={() => onChoose(view)}
        >
          {t(`admin.view.${view}`)}
          {unsaved[view] && view !== current && <span className="small warning"> ({t('admin.unsaved')})</span>}
        </button>
      ))}
    </nav>
  );
}
