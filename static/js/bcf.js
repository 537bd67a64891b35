// Behaviour on top of pages that work without it. Nothing else of the library is started.

import {
  Button,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  Tabs,
} from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(PasswordInput);
createAll(SkipLink);
createAll(Tabs);
