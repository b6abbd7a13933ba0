import { backendServer } from './backend/server.ts'
import { icbcTrainingServer } from './icbc/server.ts'
import { jeepayTrainingServer } from './jeepay/server.ts'
import { qraTrainingServer } from './qra/server.ts'
import type { TrainingServer } from './training-server.ts'
import { unionpayTrainingServer } from './unionpay/server.ts'
import { wechatV3TrainingServer } from './wechat-v3/server.ts'

/** The training servers beside those of the built-in training mode; `till train` runs all of them. */
export const trainingServers: readonly TrainingServer[] = [
  wechatV3TrainingServer,
  unionpayTrainingServer,
  qraTrainingServer,
  icbcTrainingServer,
  backendServer,
  jeepayTrainingServer,
]
