@echo off
rem berth for Windows: finds a JDK 25 or later, builds the command when its jar is missing, and runs it.
rem NOT TESTED ON WINDOWS: nobody has run this file there yet. It does less than the script "berth": it does not see when the
rem sources have changed (delete cli\target\berth.jar to build again), and it does not prepare a fast start.
rem   BERTH_JAVA=C:\path\to\jdk names the JDK; otherwise JAVA_HOME and PATH are searched.
setlocal
set "ROOT=%~dp0"
set "JDK="
if defined BERTH_JAVA if exist "%BERTH_JAVA%\bin\java.exe" set "JDK=%BERTH_JAVA%"
if defined JDK goto found
if defined BERTH_JAVA goto badname
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JDK=%JAVA_HOME%"
if defined JDK goto found
for %%J in (java.exe) do if not "%%~dp$PATH:J"=="" set "JDK=%%~dp$PATH:J.."
if defined JDK goto found
echo berth: needs a JDK 25 or later and found no Java at all; install one (winget install EclipseAdoptium.Temurin.25.JDK), 1>&2
echo or name one: set BERTH_JAVA=C:\path\to\jdk 1>&2
exit /b 1

:found
rem The file "release" says the version: JAVA_VERSION="25.0.3". Without the file the JVM itself complains if it is too old.
set "MAJOR=25"
if exist "%JDK%\release" for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%JDK%\release"') do set "MAJOR=%%~V"
set MAJOR=%MAJOR:"=%
if %MAJOR% LSS 25 goto old
if exist "%ROOT%cli\target\berth.jar" goto run
where /q mvn
if errorlevel 1 goto nomaven
echo berth: building the command ^(first use, about half a minute^) 1>&2
set "JAVA_HOME=%JDK%"
call mvn -B -q -f "%ROOT%pom.xml" -pl cli -am package -DskipTests -Dmaven.test.skip=true -Dgates=off 1>&2
if errorlevel 1 exit /b 1

:run
"%JDK%\bin\java.exe" "@%ROOT%cli\src\main\launcher\java.options" -jar "%ROOT%cli\target\berth.jar" %*
exit /b %ERRORLEVEL%

:badname
echo berth: BERTH_JAVA=%BERTH_JAVA% is no JDK: it has no bin\java.exe 1>&2
exit /b 1

:old
echo berth: needs a JDK 25 or later; %JDK% is Java %MAJOR%. Name another: set BERTH_JAVA=C:\path\to\jdk 1>&2
exit /b 1

:nomaven
echo berth: needs Maven to build the command: install it and put it on the PATH 1>&2
exit /b 1
