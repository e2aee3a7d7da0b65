import { testRandomSchedules } from '../support/model/random-test.ts';

testRandomSchedules(5001, 5000);
