#pragma once

#include "crypto_library.h"
#include "curl_library.h"
#include "libc.h"
#include "platform.h"
#include "waiting.h"
