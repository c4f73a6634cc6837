import { showWhatIsBehind } from './behind.js';
import { watch } from './live.js';
import './panels/hall.js';
import './panels/orders.js';
import './panels/search.js';
import './panels/views.js';
import './panels/tags.js';
import './panels/report.js';
import './panels/programme.js';
import './panels/visitors.js';
import './panels/unique.js';
import './panels/newsletter.js';
import './panels/mail.js';

showWhatIsBehind();
watch();
