import { FRAMES } from './app.frames-testing.js';
import { describeFrames } from './app.golden-frames-testing.js';

describeFrames('pages', 'app.frames.golden.txt', FRAMES);
