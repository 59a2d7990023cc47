#include "app/command_line.h"
#include "app/console.h"

int main(int argument_count, char** arguments) {
  casebook::Console console = casebook::Console::OfProcess();
  return static_cast<int>(casebook::RunCommandLine(argument_count, arguments, console));
}
