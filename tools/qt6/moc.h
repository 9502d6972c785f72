#define QT_VERSION_CHECK(a, b, c) ((a << 16) | (b << 8) | (c))
#define QT_VERSION QT_VERSION_CHECK(6, 8, 2)
#define Q_OS_UNIX
#define Q_OS_LINUX
#define Q_DECL_DEPRECATED
#define Q_DECL_DEPRECATED_X(text)
#define QT_CONFIG(feature) 1
