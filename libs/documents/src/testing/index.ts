export { everyModel, exportModel, sheetModels } from './all-models.js';
export { formulaModel } from './formula-models.js';
