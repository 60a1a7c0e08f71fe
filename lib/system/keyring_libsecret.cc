#include "crumbs/error.h"
#include "system/keyring.h"

#ifndef CRUMBS_WITH_LIBSECRET

namespace crumbs {

KeyringAnswer ask_secret_service(std::string_view, std::chrono::milliseconds) {
  throw Error(ErrorCode::unsupported,
              "this build of crumbs has no libsecret and cannot ask a keyring");
}

}  // namespace crumbs

#else

#include <dlfcn.h>
#include <libsecret/secret.h>

#include <fmt/format.h>

#include <future>
#include <memory>
#include <system_error>
#include <thread>

namespace crumbs {
namespace {

/// The functions that are called, found when --keyring is asked for: other runs do not load GLib.
#define CRUMBS_SECRET_FUNCTIONS(F)    \
  F(secret_service_get_sync)          \
  F(secret_collection_for_alias_sync) \
  F(secret_collection_get_locked)     \
  F(secret_collection_search_sync)    \
  F(secret_item_get_secret)           \
  F(secret_value_get)                 \
  F(secret_value_unref)               \
  F(g_cancellable_new)                \
  F(g_cancellable_cancel)             \
  F(g_object_unref)                   \
  F(g_error_free)                     \
  F(g_list_free)                      \
  F(g_hash_table_new)                 \
  F(g_hash_table_insert)              \
  F(g_hash_table_unref)               \
  F(g_str_hash)                       \
  F(g_str_equal)

struct Functions {
#define CRUMBS_DECLARE(name) decltype(&::name) name = nullptr;
  CRUMBS_SECRET_FUNCTIONS(CRUMBS_DECLARE)
#undef CRUMBS_DECLARE
};

template <class F>
bool find(void* library, const char* name, F*& function) {
  function = reinterpret_cast<F*>(dlsym(library, name));
  return function != nullptr;
}

const Functions* find_functions() {
  void* library = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) return nullptr;
  auto functions = std::make_unique<Functions>();
  bool all = true;
#define CRUMBS_FIND(name) all = find(library, #name, functions->name) && all;
  CRUMBS_SECRET_FUNCTIONS(CRUMBS_FIND)
#undef CRUMBS_FIND
  return all ? functions.release() : nullptr;
}

/// nullptr where libsecret is not installed or too old. Kept to the end of the process: GLib cannot
/// be unloaded, and a question that got no answer in time may still be waiting for one.
const Functions* load_functions() {
  static const Functions* const functions = find_functions();
  return functions;
}

/// One question. Shared by the thread that asks and the one that waits, either of which may outlive
/// the other.
class Question {
 public:
  Question(const Functions& functions, std::string application)
      : call_(functions),
        application_(std::move(application)),
        cancellable_(own(functions.g_cancellable_new())) {}

  KeyringAnswer ask();
  void cancel() { call_.g_cancellable_cancel(cancellable_.get()); }

 private:
  struct Unref {
    const Functions* call;
    void operator()(void* object) const { call->g_object_unref(object); }
  };
  template <class T>
  using Object = std::unique_ptr<T, Unref>;
  template <class T>
  Object<T> own(T* object) const {
    return Object<T>(object, Unref{&call_});
  }

  GList* search(SecretCollection* collection, GError** error);
  std::optional<std::string> first_secret(GList* items);
  KeyringAnswer failed(std::string_view what, GError* error);

  const Functions& call_;
  std::string application_;
  Object<GCancellable> cancellable_;
};

KeyringAnswer Question::failed(std::string_view what, GError* error) {
  const std::string reason = error == nullptr ? "no reason given" : error->message;
  if (error != nullptr) call_.g_error_free(error);
  return {std::nullopt, fmt::format("{}: {}", what, reason)};
}

GList* Question::search(SecretCollection* collection, GError** error) {
  GHashTable* attributes = call_.g_hash_table_new(call_.g_str_hash, call_.g_str_equal);
  call_.g_hash_table_insert(attributes, const_cast<char*>("application"), application_.data());
  const auto flags = static_cast<SecretSearchFlags>(SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS);
  GList* items = call_.secret_collection_search_sync(collection, nullptr, attributes, flags,
                                                     cancellable_.get(), error);
  call_.g_hash_table_unref(attributes);
  return items;
}

/// Frees the list and its items.
std::optional<std::string> Question::first_secret(GList* items) {
  std::optional<std::string> secret;
  for (GList* node = items; node != nullptr; node = node->next) {
    const auto item = own(static_cast<SecretItem*>(node->data));
    SecretValue* value = secret ? nullptr : call_.secret_item_get_secret(item.get());
    if (value == nullptr) continue;
    gsize size = 0;
    const gchar* bytes = call_.secret_value_get(value, &size);
    secret.emplace(bytes, size);
    call_.secret_value_unref(value);
  }
  call_.g_list_free(items);
  return secret;
}

KeyringAnswer Question::ask() {
  GError* error = nullptr;
  const auto service =
      own(call_.secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, cancellable_.get(), &error));
  if (!service) return failed("the Secret Service cannot be reached", error);
  const auto collection = own(
      call_.secret_collection_for_alias_sync(service.get(), SECRET_COLLECTION_DEFAULT,
                                             SECRET_COLLECTION_NONE, cancellable_.get(), &error));
  if (error != nullptr) return failed("the default keyring cannot be opened", error);
  if (!collection) return {std::nullopt, "there is no default keyring"};
  if (call_.secret_collection_get_locked(collection.get()) != 0)
    return {std::nullopt, "the default keyring is locked; crumbs does not unlock it"};
  GList* items = search(collection.get(), &error);
  if (error != nullptr) return failed("the default keyring cannot be searched", error);
  auto secret = first_secret(items);
  if (!secret)
    return {std::nullopt,
            fmt::format("the default keyring has no secret of application {}", application_)};
  return {std::move(secret), ""};
}

}  // namespace

KeyringAnswer ask_secret_service(std::string_view application, std::chrono::milliseconds patience) {
  const Functions* functions = load_functions();
  if (functions == nullptr)
    return {std::nullopt, "libsecret-1.so.0 cannot be loaded; install libsecret"};
  const auto question = std::make_shared<Question>(*functions, std::string(application));
  std::packaged_task<KeyringAnswer()> task([question] { return question->ask(); });
  std::future<KeyringAnswer> answer = task.get_future();
  try {
    std::thread(std::move(task)).detach();
  } catch (const std::system_error&) {
    return {std::nullopt, "the Secret Service was not asked: the system gives no more threads"};
  }
  if (answer.wait_for(patience) == std::future_status::ready) return answer.get();
  question->cancel();
  return {std::nullopt,
          fmt::format("the Secret Service did not answer within {} ms", patience.count())};
}

}  // namespace crumbs

#endif
