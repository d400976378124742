import type { Screen } from '../../platform/screen.js';
import type { CentreParams } from './centre-params.js';
import { REVIEW_KEYS } from './review.keys.js';
import type { ReviewEffect, ReviewMessage } from './review.messages.js';
import { totalsOf, type ReviewState } from './review.state.js';
import { init, update } from './review.update.js';
import { viewReview } from './review.view.js';
import { withBanner } from './with-banner.js';

/** The sampled candidates of one centre: the centre's mark, the moderator's, and how far apart they are. */
export const reviewScreen: Screen<ReviewState, ReviewMessage, ReviewEffect, CentreParams> = withBanner({
  name: 'iamis-review',
  init,
  update,
  view: viewReview,
  keys: REVIEW_KEYS,
  title: (state, { t }) => t('iamis.review.title', { centre: state.centre }),
  isLongWork: true,
  takesText: ({ mode }) => mode.kind === 'reason',
  unsaved: (state) => {
    const errors = totalsOf(state).errors;
    return errors === 0 && state.cell === undefined ? undefined : { id: 'iamis.review.not-taken', values: { count: errors } };
  },
  worksOn: ({ component }) => component.component,
});
