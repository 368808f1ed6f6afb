/** What slices and the start of the program use of the HTTP layer. */
export { BODY_LIMIT } from './body.ts';
export { LONGEST_URL, httpApp } from './app.ts';
export type { HttpSettings } from './app.ts';
export type { Call, Method, Route } from './declared.ts';
export type { OutputCheck } from './endpoint.ts';
export { IDENTITIES, IDENTITY_HEADER, identify } from './identify.ts';
export { MOST_PER_PAGE, listRoute } from './list.ts';
export type { PageAsked } from './list.ts';
export { describeApi } from './openapi/document.ts';
export type { OpenApiDocument } from './openapi/model.ts';
export { accepted, created, file, nothing } from './output.ts';
export type { Download, Upload } from './files.ts';
export type { Immutable } from './output.ts';
export { booleanParam, integerParam } from './params.ts';
export { HttpProblem, PROBLEM_TYPE, sendProblem } from './problem.ts';
export { route } from './route.ts';
export { tuneServer } from './server.ts';
export { REQUEST_ID, traceOf } from './trace.ts';
